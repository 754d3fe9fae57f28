import type { Model, Mongoose } from 'mongoose';
import type { RegisterContents, RegisterKind } from './registry-records.ts';
import type { Drop, StoredRejection } from './registry-store.ts';

/** A record as kept: what it says now, and what it said before each drop that changed it. */
export interface KeptRecord<Kind extends RegisterKind = RegisterKind> {
  readonly _id: string;
  readonly slice: string;
  readonly content: RegisterContents[Kind];
  /** SHA-256 of the content: says without comparing fields whether a drop changes anything. */
  readonly digest: string;
  /** RFC 3339, UTC; null while the newest register has the record. */
  readonly withdrawnAt: string | null;
  readonly history: readonly {
    readonly until: string;
    readonly drop: string;
    readonly content: object;
  }[];
  /** Of memberships only. */
  readonly volunteerRef?: string;
}

export interface RegistryModels {
  readonly records: Readonly<Record<RegisterKind, Model<KeptRecord>>>;
  readonly drops: Model<Drop & { readonly _id: string }>;
  readonly rejections: Model<Omit<StoredRejection, 'id'> & { readonly _id: string }>;
}

/** The fields below `content` that questions are asked by. */
const indexes: { readonly [Kind in RegisterKind]: readonly string[] } = {
  organisations: ['content.municipality'],
  memberships: ['volunteerRef'],
  trainings: ['content.membershipId'],
  matches: ['content.householdKey', 'content.membershipIds', 'content.organisationId'],
  supervisions: ['content.matchIds'],
  activities: ['content.personKey'],
};

/** Declares the collections on one Mongoose instance; the same on a MongoDB server and on the embedded driver. */
export function createRegistryModels(mongoose: Mongoose): RegistryModels {
  const { Schema } = mongoose;
  const requiredText = { type: String, required: true as const };
  const optionalText = { type: String, default: null };
  const mixed = { type: Schema.Types.Mixed, required: true as const };
  const mixedList = { type: [Schema.Types.Mixed], default: [] };

  function recordModel(kind: RegisterKind): Model<KeptRecord> {
    const schema = new Schema<KeptRecord>(
      asDefinition({
        _id: requiredText,
        slice: requiredText,
        content: mixed,
        digest: requiredText,
        withdrawnAt: optionalText,
        history: mixedList,
        volunteerRef: String,
      }),
      { collection: kind, versionKey: false, minimize: false, autoCreate: false },
    );
    schema.index({ slice: 1 });
    for (const path of indexes[kind]) schema.index({ [path]: 1 });
    return mongoose.model<KeptRecord>(kind, schema);
  }

  const drops = new Schema<Drop & { _id: string }>(
    asDefinition({
      _id: requiredText,
      sha256: String,
      source: String,
      kind: String,
      slice: String,
      extractedOn: String,
      modifiedAt: String,
      takenAt: String,
      rows: Number,
      rejectedRows: Number,
    }),
    { collection: 'drops', versionKey: false, autoCreate: false },
  );
  drops.index({ slice: 1 });
  const rejections = new Schema<Omit<StoredRejection, 'id'> & { _id: string }>(
    asDefinition({
      _id: requiredText,
      source: String,
      line: Number,
      field: String,
      reason: String,
      at: String,
    }),
    { collection: 'rejections', versionKey: false, autoCreate: false },
  );
  return {
    records: {
      organisations: recordModel('organisations'),
      memberships: recordModel('memberships'),
      trainings: recordModel('trainings'),
      matches: recordModel('matches'),
      supervisions: recordModel('supervisions'),
      activities: recordModel('activities'),
    },
    drops: mongoose.model<Drop & { _id: string }>('drop', drops),
    rejections: mongoose.model<Omit<StoredRejection, 'id'> & { _id: string }>(
      'rejection',
      rejections,
    ),
  };
}

/** Mongoose reads plain objects here, while its types ask for instances of its own option classes. */
function asDefinition(definition: Readonly<Record<string, unknown>>): never {
  return definition as never;
}
