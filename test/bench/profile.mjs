import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TOP = 15;

/** A process that stood still while another was measured did nothing in that time, whatever line it stood at. */
const LONGEST_SAMPLE_US = 20_000;

/** Where each of our processes spent its time: the functions with the most of their own, in percent of the time not idle. */
export function topFunctions(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .sort()
    .map((name) => ({ name, functions: topOf(JSON.parse(readFileSync(join(folder, name), 'utf8'))) }));
}

function topOf({ nodes, samples, timeDeltas }) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const own = new Map();
  let busy = 0;
  samples.forEach((id, index) => {
    const name = frames.get(id);
    if (name !== '(idle)') {
      const time = Math.min(timeDeltas[index], LONGEST_SAMPLE_US);
      own.set(name, (own.get(name) ?? 0) + time);
      busy += time;
    }
  });
  return [...own]
    .sort(([, one], [, other]) => other - one)
    .slice(0, TOP)
    .map(([name, time]) => ({ name, percent: (time * 100) / busy }));
}

function nameOf({ functionName, url, lineNumber }) {
  const file = url.replace(/^file:\/\//, '').replace(/^.*\/(node_modules|dist)\//, '');
  return file === '' ? functionName : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`;
}
