/**
 * From 2.14.0 `@apollo/gateway` reports to its maker, by a switch that is read only from the environment, when
 * the gateway is made. Institutions' schemas stay home: the switch is set here, whoever starts us.
 */
export function disableTelemetry(): void {
  // biome-ignore lint/style/noProcessEnv: the library offers no option for it.
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
}
