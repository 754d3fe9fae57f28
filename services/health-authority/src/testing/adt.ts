/** An invented patient's message; segments after PID are given as text. */
export function adt(
  controlId: string,
  { event = 'A04', ids = 'INV1^^^AUSLPR^PI', charset = '', segments = [] as readonly string[] },
): string {
  return [
    `MSH|^~\\&|ADT|OSPPR|TAVOLO|AUSLPR|20260301120000||ADT^${event}^ADT_A01|${controlId}|P|2.5||||||${charset}`,
    `EVN|${event}|20260301120000`,
    `PID|1||${ids}||INVENTATO^PROVA||19900101|M`,
    ...segments,
    '',
  ].join('\r');
}

/** PV1 with service, visit number and admit time in their places. */
export function visit(number: string, at: string, service = 'SCR'): string {
  const fields = Array.from({ length: 45 }, () => '');
  fields[0] = 'PV1';
  fields[2] = 'O';
  fields[10] = service;
  fields[19] = number;
  fields[44] = at;
  return fields.join('|');
}
