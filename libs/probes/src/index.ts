export { ProbesModule } from './probes.module';
