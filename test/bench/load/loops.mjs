import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from './connection.mjs';

/** Each connection sends one letter after the other. */
export async function flood({ port, connections, letters }) {
  return measured(letters, async (deliver, take) => {
    await onEach(port, connections, async (connection) => {
      for (let letter = take(); letter; letter = take()) {
        await deliver(connection, letter);
      }
    });
  });
}

/** Sends at the given rate, whether or not earlier letters were answered. */
export async function pace({ port, rate, letters }) {
  const idle = [];
  const running = [];
  let latestMs = 0;
  const run = await measured(letters, async (deliver) => {
    const startedAt = performance.now();
    for (const [index, letter] of letters.entries()) {
      const due = startedAt + (index * 1_000) / rate;
      if (due > performance.now()) {
        await pause(due - performance.now());
      }
      latestMs = Math.max(latestMs, performance.now() - due);
      running.push(
        (async () => {
          const connection = idle.pop() ?? (await Connection.open(port));
          await deliver(connection, letter);
          idle.push(connection);
        })(),
      );
    }
    await Promise.all(running);
  });
  idle.forEach((connection) => connection.close());
  return { ...run, latestMs };
}

/** Each connection sends its next letter when the reply to the one before was accepted. */
export async function converse({ port, connections, seconds, letters, replies }) {
  return measured(letters, async (deliver, take) => {
    const endsAt = performance.now() + seconds * 1_000;
    await onEach(port, connections, async (connection) => {
      for (let letter = take(); letter && performance.now() < endsAt; letter = take()) {
        const accepted = replies.next(letter.phone);
        await deliver(connection, letter);
        await accepted;
      }
    });
  });
}

async function onEach(port, count, work) {
  const connections = await Promise.all(Array.from({ length: count }, () => Connection.open(port)));
  await Promise.all(connections.map(work));
  connections.forEach((connection) => connection.close());
}

/** What became of each letter that was sent. Sending is told by the wall clock, which the simulator reads too. */
async function measured(letters, work) {
  const outcomes = [];
  let next = 0;
  const take = () => letters[next++];
  const deliver = async (connection, { sid, phone, bytes }) => {
    const outcome = { sid, phone, sentAt: Date.now() };
    outcomes.push(outcome);
    const startedAt = performance.now();
    outcome.status = await connection.send(bytes);
    outcome.ms = performance.now() - startedAt;
  };
  const startedAt = performance.now();
  await work(deliver, take);
  return { outcomes, seconds: (performance.now() - startedAt) / 1_000 };
}
