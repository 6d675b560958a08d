import { type CustomDecorator, SetMetadata } from '@nestjs/common';

/** Metadata key of {@link Public}. */
export const IS_PUBLIC = 'pasal:public';

/** Opens a route, or all routes of a controller, to callers without credentials. Every other route is closed. */
export const Public = (): CustomDecorator => SetMetadata(IS_PUBLIC, true);
