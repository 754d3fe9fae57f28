import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { askAs, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { createOpaqueIds } from './opaque-id.ts';

const sectorKeySecret = 'an invented secret of the social services, long enough';
const ids = createOpaqueIds(sectorKeySecret);

const everything = `
  fragment Everything on SocialCase {
    id openedAt closedAt status municipality { istatCode name } areaOfNeed accessChannel caseManagerRole
    reopenings { closedAt reopenedAt }
    plan { id startedAt reviewDue referencePersonPresent areas { area localCode objective horizonMonths state }
      team { role from } meetings { at level roles } }
    assessments { id at assessorRole areas { area localCode score } vulnerabilityFactors }
    interventions { id istatItem area localCode plannedAt deliveredAt amountBand provider }
    referrals { id from to at reason acceptedAt outcome }
    person { socialServicesKey deskContacts { id } } household { socialServicesHouseholdKey socialCases { id } }
  }
  query Everything($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Person { socialCases { ...Everything } deskContacts { id desk at language channel } }
      ... on Household { cases: socialCases { ...Everything } }
    }
    socialCases(first: 100) { nodes { ...Everything } pageInfo { endCursor } }
    deskContacts(first: 100) { nodes { id desk at language outcome demandType } }
    areaCodeMapping { socialService localCode area rows }
    socialServicesQuality { tables { socialService table unreadable } }
    socialServicesRejections { nodes { source field reason } }
  }`;
const variables = {
  representations: [
    { __typename: 'Person', socialServicesKey: ids.encode('person', 'U1') },
    { __typename: 'Household', socialServicesHouseholdKey: ids.encode('household', 'N1') },
  ],
};

export interface StartedMain {
  /** Everything it has printed, at level `trace`. */
  readonly logLines: readonly string[];
  /** The text of the answer to a question for every field there is. */
  askForEverything(): Promise<string>;
  close(): Promise<void>;
}

/** The service as it runs: its own process, its own log, against this database and this person index. */
export async function startMain(databaseUrl: string, indexUrl: string): Promise<StartedMain> {
  const logLines: string[] = [];
  const main = spawn(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: '/usr/bin:/bin',
      PORT: '0',
      GATEWAY_KEYS: JSON.stringify(testGatewayKeys),
      LOG_LEVEL: 'trace',
      DATABASE_URL: databaseUrl,
      SCAN_INTERVAL_MS: '1000',
      SECTOR_KEY_SECRET: sectorKeySecret,
      LINKAGE_KEY: '6d1f0e9a7b3c52844fd0a1b6c98e3571f2ad0c4b8e97635d1a20fbc4d8e6975c',
      LINKAGE_KEY_ID: 'test',
      PERSON_INDEX_URL: indexUrl,
      PERSON_INDEX_TOKEN: 'invented',
    },
  });
  main.stderr.on('data', (chunk: Buffer) => logLines.push(chunk.toString('utf8')));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: main.stdout }).on('line', (line) => {
      logLines.push(line);
      const address = /"url":"(http:[^"]+)"/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    main.once('exit', () => reject(new Error(`the service ended: ${logLines.join('\n')}`)));
  });
  return {
    logLines,
    askForEverything() {
      return askAs({ url, subgraph: 'social-services' }, everything, variables);
    },
    async close() {
      const ended = once(main, 'exit');
      main.kill('SIGTERM');
      await ended;
    },
  };
}
