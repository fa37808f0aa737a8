export { claimAddressSpace, type AddressSpace } from './address-space.ts';
export { ConnectionBalancer, type Endpoint as BalancedEndpoint } from './connection-balancer.ts';
export { IngressProxy, type IngressLimits } from './ingress-proxy.ts';
export { closed, listening } from './listening.ts';
export { clusterIpAllocator, ServiceNetwork } from './service-network.ts';
export { Reachability, type PodProcesses } from './reachability.ts';
