import { expect, it } from 'vitest';
import { createLinkageKey } from './linkage-key.ts';
import { createRecordEncoder } from './record-encoder.ts';

const encoder = createRecordEncoder(
  createLinkageKey('1', 'c90f3a5be17d42688b0edd91a7350cf4662f9b8e04d1735ac8e2b1904f6d7a13'),
);
const sectorKey = 'a'.repeat(43);

it.each(['0000-01-01', '1899-12-31', '2026-02-30', 'soon'])(
  'an identifier with an impossible validity is left out, and the person is still enrolled: %s',
  (validFrom) => {
    const record = encoder.person({
      sectorKey,
      identifiers: [
        { kind: 'CUI', value: '0TV07C4', validFrom },
        { kind: 'VESTANET', value: 'XT0007919', validFrom: '2026-01-01', validTo: '9999-12-31' },
      ],
    });
    expect(JSON.parse(record?.json ?? '{}')).toMatchObject({ identifiers: [{ kind: 'VESTANET' }] });
  },
);
