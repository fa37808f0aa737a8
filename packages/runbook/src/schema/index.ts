export { PLAN_SCHEMA_ID, planJsonSchema, planSchema, printedPlan, type PrintedPlan } from './plan-schema.ts';
