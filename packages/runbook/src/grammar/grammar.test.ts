import { describe, expect, it } from 'vitest';
import { readAfter, readCadence, readHold } from './duration-phrases.ts';
import { readStart } from './start-time.ts';
import { readThreshold } from './threshold.ts';
import { inMinutes } from './units.ts';
import { isWindow, readWindow } from './window.ts';

describe('UNIT', () => {
  it.each([
    ['second seconds sec secs s Sekunde Sekunden secondes segundos', 1 / 60],
    ['minute minutes min mins m Minute Minuten minutos', 1],
    ['hour hours hr hrs h Stunde Stunden Std. heure heures horas', 60],
    ['day days d Tag Tage Tagen jour jours días', 1440],
    ['ms milliseconds', 1 / 60_000],
  ])('%s', (units, minutes) => {
    for (const unit of units.split(' '))
      expect([unit, inMinutes('1', unit)]).toEqual([unit, Math.round(minutes * 60_000) / 60_000]);
  });

  it('is no other word', () => {
    for (const unit of ['bananas', 'hm', 'month', 'x', '']) expect(inMinutes('1', unit)).toBeNull();
  });
});

describe('window', () => {
  it.each([
    ['0-5 minutes', 0, 5],
    ['5–15 min', 5, 15],
    ['0-90 seconds', 0, 1.5],
    ['90 seconds - 2 hours', 1.5, 120],
    ['0 to 45 s', 0, 0.75],
    ['2h to 1 day', 120, 1440],
    ['between 5 and 15 minutes', 5, 15],
    ['1.5-2 hours', 90, 120],
    ['1,5 bis 2 Stunden', 90, 120],
    ['T+5 - T+15 min', 5, 15],
    ['3 minutos a 1 hora', 3, 60],
    ['60+ minutes', 60, null],
    ['2+ hours', 120, null],
    ['2 h+', 120, null],
    ['> 45 min', 45, null],
    ['>= 1 hour', 60, null],
    ['after 30 minutes', 30, null],
    ['1 hour and later', 60, null],
    ['60 minutes or more', 60, null],
    ['30 min onwards', 30, null],
    ['ab 1 Stunde', 60, null],
    ['first 5 min', 0, 5],
    ['within 10 minutes', 0, 10],
    ['< 15 min', 0, 15],
    ['in den ersten 5 Minuten', 0, 5],
  ])('%s', (text, fromMinutes, toMinutes) => {
    expect(readWindow(text)).toEqual({ fromMinutes, toMinutes });
    expect(isWindow(text)).toBe(true);
  });

  it.each([
    '5-x minutes',
    'fifteen minutes',
    '5-15 bananas',
    'soon',
    '',
    '5 minutes',
    '10-20',
    'every 5 minutes',
  ])('"%s" is none', (text) => {
    expect(readWindow(text)).toBeNull();
  });

  it.each(['rebuilt in 5-15 minutes by Tom', 'see 0-5 min above and below'])('"%s" says more', (text) => {
    expect(isWindow(text)).toBe(false);
  });
});

describe('elapsed', () => {
  it.each([
    ['15 min', 15],
    ['0 min', 0],
    ['+1 hour', 60],
    ['T+30m', 30],
    ['immediately', 0],
    ['Sofort', 0],
    ['unresolved after 30 minutes', 30],
    ['Escalate to L2 if unresolved in 15 minutes.', 15],
    ['No response within 5 min', 5],
    ['After half an hour', 30],
    ['After two hours call Tom', 120],
  ])('%s', (text, fromMinutes) => {
    expect(readStart(text)).toEqual({ fromMinutes, toMinutes: null });
  });

  it('is a window where there is one, and nothing where nothing is said', () => {
    expect(readStart('0-30 mins')).toEqual({ fromMinutes: 0, toMinutes: 30 });
    expect(readStart('when Tom is away')).toBeNull();
  });
});

describe('threshold', () => {
  it.each([
    ['High error rate (>5%)', { op: '>', value: 5, unit: '%' }],
    ['error rate >= 2.5 %', { op: '>=', value: 2.5, unit: '%' }],
    ['apdex <95%', { op: '<', value: 95, unit: '%' }],
    ['ratio ≤ 1%', { op: '<=', value: 1, unit: '%' }],
    ['more than 3 percent of requests fail', { op: '>', value: 3, unit: '%' }],
    ['at least 3% fail', { op: '>=', value: 3, unit: '%' }],
    ['Fehlerquote über 4,5 Prozent', { op: '>', value: 4.5, unit: '%' }],
    ['latency (>1s 95th percentile)', { op: '>', value: 1, unit: 's', percentile: 95 }],
    ['(>500ms 99th percentile)', { op: '>', value: 500, unit: 'ms', percentile: 99 }],
    ['p99 latency above 800 ms', { op: '>', value: 800, unit: 'ms', percentile: 99 }],
    ['P95 > 1.5s', { op: '>', value: 1.5, unit: 's', percentile: 95 }],
    ['latency p99.9 > 2 seconds', { op: '>', value: 2, unit: 's', percentile: 99.9 }],
    ['p999 > 2 s', { op: '>', value: 2, unit: 's', percentile: 99.9 }],
    ['99.9th percentile over 2 s', { op: '>', value: 2, unit: 's', percentile: 99.9 }],
    ['99th-percentile latency > 1 min', { op: '>', value: 1, unit: 'm', percentile: 99 }],
    ['median latency > 300ms', { op: '>', value: 300, unit: 'ms', percentile: 50 }],
    ['queue older than > 2 hours', { op: '>', value: 2, unit: 'h' }],
    ['below 10 ms', { op: '<', value: 10, unit: 'ms' }],
  ])('%s', (text, threshold) => {
    expect(readThreshold(text)).toEqual({ threshold });
  });

  it('is the one that is wanted, and not how long it lasts', () => {
    expect(readThreshold('for more than 5 minutes over 2%', 'share')).toEqual({
      threshold: { op: '>', value: 2, unit: '%' },
    });
    expect(readThreshold('> 10 s with > 3%', 'share')).toEqual({
      threshold: { op: '>', value: 3, unit: '%' },
    });
    expect(readThreshold('slow for more than 5 minutes', 'duration')).toBeNull();
  });

  it.each(['>five%', '>%', '>500%', '>1 95th percentile', '> '])('"%s" is wrong', (text) => {
    expect(readThreshold(text)).toMatchObject({ foreign: false });
  });

  it.each(['>50 errors/min', '> 100/s', '< 3 replicas'])('"%s" has a unit of its own', (text) => {
    expect(readThreshold(text)).toMatchObject({ foreign: true });
  });

  it('is not there', () => {
    expect(readThreshold('Pod crash loop alerts')).toBeNull();
  });
});

describe('cadence', () => {
  it.each([
    ['Every 15 minutes during an incident', 15],
    ['update every 30 min', 30],
    ['Every hour', 60],
    ['each hour', 60],
    ['every half hour', 30],
    ['every two hours', 120],
    ['every 15–30 minutes', 15],
    ['every 90 seconds', 1.5],
    ['hourly', 60],
    ['15-minute updates', 15],
    ['alle 20 Minuten', 20],
    ['jede Stunde', 60],
    ['toutes les 15 minutes', 15],
    ['cada 20 minutos', 20],
  ])('%s', (text, minutes) => {
    expect(readCadence(text)).toBe(minutes);
  });

  it.each(['every engineer', 'everything', 'every 0 minutes', 'when needed'])('"%s" is none', (text) => {
    expect(readCadence(text)).toBeNull();
  });
});

describe('after', () => {
  it.each([
    ['For incidents lasting >1 hour', 60],
    ['lasting > 2 hours', 120],
    ['incidents lasting longer than 90 minutes', 90],
    ['lasting more than one hour', 60],
    ['if it lasts over 30 min', 30],
    ['after 30 minutes', 30],
    ['länger als eine Stunde', 60],
    ['die länger als 90 Minuten dauern', 90],
    ['après 1 heure', 60],
  ])('%s', (text, minutes) => {
    expect(readAfter(text)).toBe(minutes);
  });

  it.each(['after the incident', 'every 15 minutes'])('"%s" is none', (text) => {
    expect(readAfter(text)).toBeNull();
  });
});

describe('hold', () => {
  it.each([
    ['Observe metrics for 15+ minutes', 15],
    ['for 30+ minutes', 30],
    ['keep watching for at least 20 minutes', 20],
    ['watch at least 1 hour', 60],
    ['for another 10 min', 10],
    ['nothing fails for 2 hours', 120],
    ['Für 30 Minuten beobachten', 30],
    ['Surveiller pendant 20 minutes', 20],
    ['vigilar durante 1 hora', 60],
  ])('%s', (text, minutes) => {
    expect(readHold(text)).toBe(minutes);
  });

  it.each(['for the customers', 'wait 5 minutes'])('"%s" is none', (text) => {
    expect(readHold(text)).toBeNull();
  });
});
