export { FAILPOINT_ACTION, type Failpoint, type FailpointAction, Failpoints } from './failpoints';
export { FailpointsModule } from './failpoints.module';
