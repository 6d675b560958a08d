import { BadRequestException } from '@nestjs/common';

/** Reads a JSON object field by field and says in one line what is wrong with it. */
export class Fields {
  private readonly json: Readonly<Record<string, unknown>>;
  private readonly known = new Set<string>();

  constructor(
    json: unknown,
    private readonly path = 'body',
  ) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw new BadRequestException(`${path} must be a JSON object`);
    }
    this.json = json as Readonly<Record<string, unknown>>;
  }

  has(name: string): boolean {
    return this.json[name] !== undefined;
  }

  value(name: string): unknown {
    this.known.add(name);
    return this.json[name];
  }

  text(name: string, fallback?: string): string {
    const value = this.optionalText(name) ?? fallback;
    if (value === undefined) {
      throw new BadRequestException(`${this.path}.${name} is missing`);
    }
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || value === null) {
      return undefined;
    }
    if (typeof value !== 'string') {
      throw new BadRequestException(`${this.path}.${name} must be a string`);
    }
    return value;
  }

  number(name: string, fallback: number): number {
    return this.optionalNumber(name) ?? fallback;
  }

  optionalNumber(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined || value === null) {
      return undefined;
    }
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new BadRequestException(`${this.path}.${name} must be a number`);
    }
    return value;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.value(name) ?? fallback;
    if (typeof value !== 'boolean') {
      throw new BadRequestException(`${this.path}.${name} must be true or false`);
    }
    return value;
  }

  oneOf<const T extends string>(name: string, allowed: readonly T[], fallback?: T): T {
    const value = this.text(name, fallback);
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) {
      throw new BadRequestException(`${this.path}.${name} must be one of ${allowed.join(', ')}`);
    }
    return found;
  }

  texts(name: string): Record<string, string> {
    const value = this.value(name);
    if (value === undefined) {
      return {};
    }
    const fields = new Fields(value, `${this.path}.${name}`);
    return Object.fromEntries(Object.keys(fields.json).map((key) => [key, fields.text(key)]));
  }

  /** A misspelt field would otherwise be a fault that never strikes. */
  refuseOthers(): void {
    const unknown = Object.keys(this.json).find((name) => !this.known.has(name));
    if (unknown !== undefined) {
      throw new BadRequestException(`${this.path}.${unknown} is not known`);
    }
  }
}
