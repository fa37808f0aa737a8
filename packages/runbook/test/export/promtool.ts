import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** What a tool of Prometheus said. */
export interface Said {
  ok: boolean;
  /** Standard output and standard error. */
  output: string;
  stdout: string;
}

/** Series by name, in promtool's notation of values (`0+5x20`), 15 s apart. */
export type Series = Record<string, string>;

/** Runs a command on files in a folder that is gone afterwards. */
export function runOnFiles(command: string[], files: Record<string, string>): Said {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-export-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const [program = '', ...args] = command;
    const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
    if (error !== undefined) throw error;
    return { ok: status === 0, output: `${stdout}${stderr}`, stdout };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `promtool check rules` of a rule file. */
export function checkRules(yaml: string): Said {
  return runOnFiles(['promtool', 'check', 'rules', 'rules.yml'], { 'rules.yml': yaml });
}

/** `promtool test rules`: after ten minutes of the series exactly these alerts fire (`Name severity tenant`). */
export function firesAfterTenMinutes(yaml: string, series: Series, alerts: string[]): Said {
  return testRules(yaml, series, {
    promql_expr_test: [
      {
        expr: 'sum by (alertname, severity, tenant) (ALERTS{alertstate="firing"})',
        eval_time: '10m',
        exp_samples: alerts.map((alert) => {
          const [name, severity, tenant] = alert.split(' ');
          const own = tenant === undefined ? '' : `,tenant="${tenant}"`;
          return { labels: `{alertname="${name}",severity="${severity}"${own}}`, value: 1 };
        }),
      },
    ],
  });
}

/** `promtool test rules` of one test over the series. */
export function testRules(yaml: string, series: Series, test: object): Said {
  const tests = {
    rule_files: ['rules.yml'],
    evaluation_interval: '15s',
    tests: [
      {
        interval: '15s',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        ...test,
      },
    ],
  };
  return runOnFiles(['promtool', 'test', 'rules', 'test.yml'], {
    'rules.yml': yaml,
    'test.yml': stringify(tests),
  });
}
