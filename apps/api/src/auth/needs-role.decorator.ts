import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import type { Role } from '@app/access';

/** Metadata key of {@link NeedsRole}. */
export const NEEDED_ROLE = 'pasal:needed-role';

/** The least role for a route. Without it, reading needs a viewer and everything else a manager. */
export const NeedsRole = (role: Role): CustomDecorator => SetMetadata(NEEDED_ROLE, role);
