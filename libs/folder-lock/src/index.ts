export { lockFolder, type FolderLock } from './lock-folder';
