export type { Media, MediaStatus } from './domain/media';
export { isPicture } from './domain/media-type';
export { MediaIntake } from './media-intake';
export { type MediaLink, MediaLinks } from './media-links';
export { MediaModule } from './media.module';
export { MediaService, type StoredMedia } from './media.service';
export { PictureCheck } from './picture-check';
