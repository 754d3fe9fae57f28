export {
  type AskOptions,
  askAs,
  contextFor,
  signedFetch,
  testCaller,
  testGatewayKeys,
} from './signed-fetch.ts';
