import { Global, Module } from '@nestjs/common';
import { Failpoints } from './failpoints';

@Global()
@Module({ providers: [Failpoints], exports: [Failpoints] })
export class FailpointsModule {}
