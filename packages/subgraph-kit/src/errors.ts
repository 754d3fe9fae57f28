export { HubError, type HubErrorCode, hubErrorCodes } from './hub-error.ts';
export { withoutQuotedValues } from './without-quoted-values.ts';
