/** Whoever asks at the same moment is somebody else: their reads are not one. */
export const gatewayConfig = {
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } },
};
