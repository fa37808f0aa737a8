export { ControlServer, type ControlOptions } from './control-server.ts';
export { FaultRefused, type FaultPorts, type FaultTarget } from './fault-kind.ts';
export { FaultRegistry, type ActiveFault } from './fault-registry.ts';
