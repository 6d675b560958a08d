import type { MessageExtras } from '../messages/message';
import type { StoredContent } from './content-store';
import { renderContent } from './render-content';

/** A template as a phone would show it, with its sample values. */
export interface TemplatePreview extends MessageExtras {
  readonly sid: string;
  readonly name: string;
  readonly language: string;
  readonly approved: boolean;
  readonly body: string;
}

export function toTemplatePreview(content: StoredContent): TemplatePreview {
  const { body, extras } = renderContent(content, {});
  return {
    sid: content.sid,
    name: content.friendlyName,
    language: content.language,
    approved: content.approval !== null,
    body,
    ...extras,
  };
}
