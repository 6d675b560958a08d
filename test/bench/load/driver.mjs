import { AcceptedReplies } from './accepted-replies.mjs';
import { write } from './letters.mjs';
import { converse, flood, pace } from './loops.mjs';

/* The load generator's process. It holds the signed letters, so that nothing is left to do when the clock runs. */

let letters = [];

const tasks = {
  sign(options) {
    letters = write(options);
  },
  flood: (options) => flood({ ...options, letters }),
  pace: (options) => pace({ ...options, letters }),
  async converse({ simulatorUrl, ...options }) {
    const replies = await AcceptedReplies.follow(simulatorUrl);
    try {
      return await converse({ ...options, letters, replies });
    } finally {
      replies.close();
    }
  },
};

process.on('message', ({ call, task, options }) => {
  Promise.resolve()
    .then(() => tasks[task](options))
    .then(
      (result) => process.send({ call, result }),
      (error) => process.send({ call, error: error.stack }),
    );
});
process.once('disconnect', () => process.exit());
