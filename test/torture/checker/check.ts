import type { Shopper } from '../driver/shopper';
import type { Samples } from '../sampler';
import type { World } from '../world/world';
import { checkDelivery } from './delivery';
import { type Facts, gatherFacts } from './facts';
import { type Finding, finding } from './finding';
import { checkMail, checkReplies } from './mail';
import { checkOrder } from './order-of-mail';
import { checkPrivacy } from './privacy';
import { measureTimes, type Timing } from './times';
import { checkTrade, readShelf, type Shelf } from './trade';

export interface Verdict {
  findings: Finding[];
  times: Timing[];
  facts: Facts;
}

/** Independent of the shop: the driver's journal, what Twilio's double took, and the database by its own SQL. */
export async function check(
  world: World,
  journalFile: string,
  run: { shelf: Shelf; samples: Samples; shoppers: readonly Shopper[] },
): Promise<Verdict> {
  const facts = await gatherFacts(journalFile, world.postgres, world.simulator);
  const after = await readShelf(world.postgres);
  const deaths = world.members.flatMap((member) => member.ownDeaths.filter(({ wasUp }) => wasUp));
  return {
    facts,
    times: measureTimes(facts),
    findings: [
      ...checkMail(facts),
      ...checkOrder(facts),
      ...checkReplies(facts),
      ...checkTrade(facts, run.shelf, after, run.samples.lowestStock),
      ...checkDelivery(facts, run.samples),
      ...(await checkPrivacy(world.folder, world.redis, run.shoppers)),
      finding(
        'processes that ended by themselves',
        world.members.length,
        deaths.map(({ member, how, at }) => `${member} at ${new Date(at).toISOString()}: ${how}`),
      ),
    ],
  };
}
