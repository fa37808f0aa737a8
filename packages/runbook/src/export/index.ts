export {
  exportAlertmanager,
  exportPrometheus,
  noteText,
  type Exported,
  type ExportOptions,
} from './export-runbook.ts';
export { METRIC_KEYS } from './metric-names.ts';
