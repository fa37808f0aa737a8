import type { Logger } from '#platform';
import type { PrometheusConfig } from '../../prometheus-config.ts';
import { createTokenSource } from '../probe/token-source.ts';
import { prometheusAt, type Prometheus } from './ask-prometheus.ts';

/** Opens the way to the configured Prometheus; a token in a file is read again and again. */
export async function openPrometheus(config: PrometheusConfig, log: Logger): Promise<Prometheus> {
  const { tokenFile } = config;
  if (tokenFile === undefined) return prometheusAt({ ...config, token: () => null });
  const { token, stop } = await createTokenSource(
    tokenFile,
    log,
    'the token cannot be read; Prometheus is asked without',
  );
  const prometheus = prometheusAt({ ...config, token });
  return {
    ...prometheus,
    close() {
      prometheus.close();
      stop();
    },
  };
}
