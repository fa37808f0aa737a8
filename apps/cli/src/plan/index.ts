export { registerPlan } from './register-plan.ts';
