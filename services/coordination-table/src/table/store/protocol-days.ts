/** The columns of `ProtocolDays`. */
export const protocolDays = [
  'signed_on as signedOn',
  'valid_from as validFrom',
  'valid_to as validTo',
  'withdrawn_on as withdrawnOn',
] as const;
