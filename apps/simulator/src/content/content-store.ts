import { Injectable } from '@nestjs/common';
import { newSid } from '../shared/sid';
import { renderContent, type ContentTypes, type RenderedContent } from './render-content';

export interface StoredContent extends ContentTypes {
  readonly sid: string;
  readonly accountSid: string;
  readonly friendlyName: string;
  readonly language: string;
  readonly createdAt: number;
  approval: { name: string; category: string } | null;
}

const LIMIT = 10_000;

@Injectable()
export class ContentStore {
  private readonly contents = new Map<string, StoredContent>();

  add(
    content: Pick<StoredContent, 'accountSid' | 'friendlyName' | 'language' | 'types' | 'variables'>,
  ): StoredContent {
    const stored = { ...content, sid: newSid('HX'), createdAt: Date.now(), approval: null };
    this.contents.set(stored.sid, stored);
    const oldest = this.contents.keys().next();
    if (this.contents.size > LIMIT && !oldest.done) {
      this.contents.delete(oldest.value);
    }
    return stored;
  }

  find(accountSid: string, sid: string): StoredContent | undefined {
    const content = this.contents.get(sid);
    return content?.accountSid === accountSid ? content : undefined;
  }

  all(): StoredContent[] {
    return [...this.contents.values()];
  }

  delete(sid: string): boolean {
    return this.contents.delete(sid);
  }

  /** An account has no use of what belongs to another one. */
  render(
    accountSid: string,
    sid: string,
    variables: Readonly<Record<string, string>>,
  ): RenderedContent | undefined {
    const content = this.find(accountSid, sid);
    return content && renderContent(content, variables);
  }
}
