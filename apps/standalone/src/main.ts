import { readEnvironment } from '@app/config';
import { runProcess } from '@app/platform';
import { startStandalone } from './start-standalone';

void runProcess((stopping) => startStandalone(readEnvironment(), stopping));
