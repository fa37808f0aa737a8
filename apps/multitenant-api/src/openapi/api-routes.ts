import type { RememberedTokens } from '../tokens/remember-verified.ts';
import {
  itemChangeRoutes,
  itemCreateRoute,
  itemReadRoutes,
  itemRemoveRoute,
  type ItemPorts,
} from '../items/item-routes.ts';
import { keyRoutes } from '../keys/key-routes.ts';
import { tenantRoutes } from '../tenants/tenant-routes.ts';
import { userRoutes } from '../users/user-routes.ts';
import { healthRoutes, type HealthPorts } from '../health/health-routes.ts';
import type { TypedApp } from '../errors/validate.ts';

/** What all routes together need. */
export type ApiPorts = ItemPorts & HealthPorts & { readonly remembered: RememberedTokens };

/** Every route that the API description tells of. */
export function apiRoutes(app: TypedApp, ports: ApiPorts): void {
  healthRoutes(app, ports);
  itemReadRoutes(app, ports);
  itemCreateRoute(app, ports);
  itemChangeRoutes(app, ports);
  itemRemoveRoute(app, ports);
  tenantRoutes(app, ports);
  userRoutes(app, ports);
  keyRoutes(app, ports);
}
