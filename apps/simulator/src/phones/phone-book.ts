import { Injectable } from '@nestjs/common';
import { EventFeed } from '../control/event-feed';
import { newPhone, type Phone, type PhoneChanges } from './phone';

@Injectable()
export class PhoneBook {
  private readonly phones = new Map<string, Phone>();

  constructor(private readonly events: EventFeed) {}

  find(address: string): Phone | undefined {
    return this.phones.get(address);
  }

  /** A message may go to any number, so a phone is there as soon as it is named. */
  at(address: string): Phone {
    let phone = this.phones.get(address);
    if (!phone) {
      phone = newPhone(address);
      this.phones.set(address, phone);
    }
    return phone;
  }

  show(address: string, changes: PhoneChanges = {}): Phone {
    const phone = this.at(address);
    const before = JSON.stringify(phone);
    Object.assign(phone, changes, { shown: true });
    if (JSON.stringify(phone) !== before) {
      this.events.publish(() => ({ type: 'phone', phone }));
    }
    return phone;
  }

  shown(): Phone[] {
    return [...this.phones.values()].filter((phone) => phone.shown);
  }

  count(): number {
    return this.phones.size;
  }

  remove(address: string): void {
    this.phones.delete(address);
    this.events.publish(() => ({ type: 'phoneRemoved', address }));
  }

  clear(): void {
    this.phones.clear();
  }
}
