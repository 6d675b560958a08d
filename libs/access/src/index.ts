export { AccessModule } from './access.module';
export { AccessService, type Login } from './access.service';
export { mayActAs, type Role, roles, type Staff } from './domain/role';
export { ensureFirstAdmin } from './first-admin';
export { IS_PUBLIC, Public } from './public.decorator';
