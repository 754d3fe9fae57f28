/** Who a token says is asking: signed by an issuer of the list, for this audience, and not expired. */
export interface VerifiedToken {
  readonly issuer: string;
  readonly clientId: string;
  readonly subject: string;
  /** What for, in the registry's names; the registry has the last word on it. */
  readonly purposeId: string | null;
  /** Whose people log in, of an issuer that serves several organisations with one client. */
  readonly organisation: string | null;
  /** Null = the token names none (a machine, a PDND voucher): those of the registry hold. */
  readonly roles: readonly string[] | null;
  readonly scopes: readonly string[] | null;
  /** Null = not narrowed by the token; an empty list sees none. */
  readonly districts: readonly string[] | null;
  readonly expiresAt: Date;
  /** The token's `jti`. */
  readonly tokenId: string;
  /** Who acts for the subject (RFC 8693 `act`), when the token says so. */
  readonly actor?: string;
}
