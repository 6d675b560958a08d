/**
 * What goes out beside the text. `template`: an approved or session Content resource with every one of its variables
 * (missing ones would silently become the template's samples); `media`: public or signed URLs, the text is the caption.
 */
export type OutboundContent =
  | { type: 'template'; contentSid: string; variables: Readonly<Record<string, string>> }
  | { type: 'media'; urls: readonly string[] };
