export { checkQuotas } from './resource-quotas.ts';
export { startControllers } from './start-controllers.ts';
export type { ControllerContext, ControllerTimings } from './controller.ts';
