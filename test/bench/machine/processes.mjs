import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** CPU seconds of one process; 0 where there is no /proc. */
export function cpuOf(pid) {
  return read(pid)?.cpu ?? 0;
}

/** CPU seconds of a process and its children, those that ended included. */
export function cpuOfFamily(pid) {
  return all()
    .filter((one) => one.pid === pid || one.parent === pid)
    .reduce((sum, one) => sum + one.cpu + (one.pid === pid ? one.reaped : 0), 0);
}

function all() {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => read(pid) ?? []);
  } catch {
    return [];
  }
}

function read(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const seconds = (user, system) => (Number(fields[user]) + Number(fields[system])) / TICKS_PER_SECOND;
    return { pid: Number(pid), parent: Number(fields[1]), cpu: seconds(11, 12), reaped: seconds(13, 14) };
  } catch {
    return undefined;
  }
}
