export {
  defaultGatewayLimits,
  type GatewayLimits,
  type GatewayOptions,
  type RunningGateway,
  startGateway,
} from './gateway.ts';
