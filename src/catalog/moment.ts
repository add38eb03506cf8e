/** Where a date or a time stands without saying its place, that of Denmark is meant, wherever the program runs. */
const zone = 'Europe/Copenhagen';

const written = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * A point in time as ISO text in UTC: `2026-08-19T05:03:20Z`, `2026-08-19T07:03` of Danish time, or a date, which is
 * its first or its last millisecond in Denmark; null for what is none of these.
 */
export function momentOf(text: string, ofDate: 'first' | 'last'): string | null {
  const found = written.exec(text);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, fraction, offset] = found;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(date).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return null;
  if (hour === undefined)
    return isoOf(ofDate === 'first' ? inDenmark(date) : inDenmark(date + millisecondsOfDay) - 1);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null;
  const clock = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second ?? 0)) * 1000;
  const time = date + clock + Math.round(Number(fraction ?? 0) * 1000);
  return isoOf(offset === undefined ? inDenmark(time) : time - offsetOf(offset));
}

const millisecondsOfDay = 24 * 60 * 60 * 1000;

const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return (text.startsWith('-') ? -minutes : minutes) * 60 * 1000;
}

/** A Danish clock's time, written as if it were UTC, as the time that it is. */
function inDenmark(clock: number): number {
  const guess = clock - aheadAt(clock);
  return clock - aheadAt(guess);
}

/** How far Danish clocks are ahead of UTC. */
function aheadAt(time: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(time));
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return shown - Math.floor(time / 1000) * 1000;
}
