import { readdirSync } from 'node:fs';
const { readRecording } = await import('/work/main/apps/responder/test/replay/read-recording.ts');
const { judgeRecording } = await import('/work/main/apps/responder/test/replay/judge-recording.ts');
const dir = '/work/shared/recordings/dev';
const only = process.argv[2];
for (const name of readdirSync(dir)) {
  if (only && name !== only) continue;
  const r = readRecording(`${dir}/${name}`);
  const t = performance.now();
  const j = judgeRecording(r);
  const e = r.meta.expected;
  console.log(
    `== ${name} expected ${e.severity} ${e.causes.map((c) => c.diagnosis + ' ' + c.subject)}\n   got ${j.worstSeverity} after ${j.confirmedAfterS}s restored ${j.restoredAfterS} (cleared ${(r.clearedAt - r.injectedAt) / 1000}) causes ${JSON.stringify([...j.causes])} last ${j.last.map((d) => d.id)} ${(performance.now() - t).toFixed(0)}ms`,
  );
  if (j.reason) console.log('   reason:', j.reason);
  for (const n of j.notices.slice(0, 5)) console.log('   notice:', n);
}
