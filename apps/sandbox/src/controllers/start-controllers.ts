import { startDeploymentController } from './deployment.ts';
import { startDisruptionBudgetController } from './disruption-budgets.ts';
import { startEndpointSliceController } from './endpoint-slices.ts';
import { startFinishedPodController } from './finished-pods.ts';
import { startNodeLifecycleController } from './node-lifecycle.ts';
import { startReplicaSetController } from './replica-set.ts';
import { startResourceQuotaController } from './resource-quotas.ts';
import { startScheduler } from './scheduler.ts';
import { startStatefulSetController } from './stateful-set.ts';
import { startTaintEvictionController } from './taint-eviction.ts';
import type { ControllerContext } from './controller.ts';

const CONTROLLERS = [
  startDeploymentController,
  startReplicaSetController,
  startStatefulSetController,
  startScheduler,
  startEndpointSliceController,
  startNodeLifecycleController,
  startTaintEvictionController,
  startDisruptionBudgetController,
  startResourceQuotaController,
  startFinishedPodController,
];

/** Starts every controller. Returns the function that stops them all. */
export function startControllers(context: ControllerContext): () => void {
  const controllers = CONTROLLERS.map((start) => start(context));
  return () => {
    for (const controller of controllers) controller.stop();
  };
}
