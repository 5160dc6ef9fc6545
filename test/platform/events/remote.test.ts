import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Events, JsonValue } from '../../../src/platform/events/events.ts';
import { type Network, openNetwork } from './network.ts';
import { remoteSubjects } from './support.ts';

for (const { carrier, url = '', open } of remoteSubjects) {
  describe.skipIf(url === '')(`events over ${carrier}, between processes`, () => {
    let network: Network;
    let near: Events;
    let far: Events;
    let channel: string;
    let heard: JsonValue[];
    beforeEach(async () => {
      network = await openNetwork(url);
      near = open(url);
      far = open(network.url);
      channel = randomUUID();
      heard = [];
      far.subscribe(channel, (payload) => heard.push(payload));
      await expect.poll(() => near.healthy() && far.healthy()).toBe(true);
    });
    afterEach(async () => {
      await Promise.all([near.close(), far.close()]);
      await network.close();
    });

    it('arrive once and in order', async () => {
      await Promise.all(Array.from({ length: 200 }, (_, i) => near.publish(channel, i)));
      await expect.poll(() => heard.length).toBe(200);
      await sleep(50);
      expect(heard).toEqual(Array.from({ length: 200 }, (_, i) => i));
    });

    it('that are announced have been handled by the others when the announcement ends', async () => {
      const third = open(url);
      const alsoHeard: JsonValue[] = [];
      third.subscribe(channel, (payload) => alsoHeard.push(payload));
      await expect.poll(() => third.healthy()).toBe(true);
      for (let i = 0; i < 50; i++) {
        await near.announce(channel, i);
        expect([heard.at(-1), alsoHeard.at(-1)]).toEqual([i, i]);
      }
      await third.close();
    });

    it('that are announced do not wait long for a process that says nothing', async () => {
      network.freeze();
      const startMs = performance.now();
      await near.announce(channel, 'revoked');
      expect(performance.now() - startMs).toBeGreaterThan(900);
      expect(performance.now() - startMs).toBeLessThan(5000);
      expect(heard).toEqual([]);
    });

    it('are known to be missed while the connection is down, and after it is back', async () => {
      let reconnects = 0;
      far.onReconnect(() => reconnects++);
      network.cut();
      await expect.poll(() => far.healthy()).toBe(false);
      await near.publish(channel, 'missed');
      network.restore();
      await expect.poll(() => far.healthy()).toBe(true);
      expect(reconnects).toBe(1);
      await near.publish(channel, 'heard');
      await expect.poll(() => heard).toEqual(['heard']);
    });

    it('that could not be sent arrive when the connection is back', async () => {
      const others: JsonValue[] = [];
      near.subscribe(channel, (payload) => others.push(payload));
      network.cut();
      await expect.poll(() => far.healthy()).toBe(false);
      await far.publish(channel, 'revoked');
      expect(heard).toEqual(['revoked']);
      expect(others).toEqual([]);
      network.restore();
      await expect.poll(() => others).toEqual(['revoked']);
      expect(heard).toEqual(['revoked']);
    });

    it('a network that swallows everything is noticed within seconds', async () => {
      network.freeze();
      await expect.poll(() => far.healthy()).toBe(false);
      const startMs = performance.now();
      await far.publish(channel, 'does not hang');
      expect(performance.now() - startMs).toBeLessThan(8000);
      network.restore();
      network.cut();
      network.restore();
      await expect.poll(() => far.healthy()).toBe(true);
    });

    it('published just before the process ends arrive, also when it was not yet connected', async () => {
      const commandLine = open(url);
      void commandLine.publish(channel, 1);
      void commandLine.publish(channel, 2);
      await commandLine.close();
      await expect.poll(() => heard).toEqual([1, 2]);
    });

    it('survive many interruptions', async () => {
      for (let i = 0; i < 5; i++) {
        network.cut();
        await expect.poll(() => far.healthy()).toBe(false);
        network.restore();
        await expect.poll(() => far.healthy()).toBe(true);
      }
      await near.publish(channel, 'at last');
      await expect.poll(() => heard).toEqual(['at last']);
    });
  });

  describe.skipIf(url === '')(`events over ${carrier} that is not there`, () => {
    it('are delivered here, make `healthy` false and do not keep the server from closing', async () => {
      const network = await openNetwork(url);
      network.cut();
      const events = open(network.url);
      const seen: JsonValue[] = [];
      events.subscribe('a', (payload) => seen.push(payload));
      await events.publish('a', 1);
      expect(seen).toEqual([1]);
      expect(events.healthy()).toBe(false);
      let connected = 0;
      events.onReconnect(() => connected++);
      network.restore();
      await expect.poll(() => events.healthy()).toBe(true);
      expect(connected).toBe(1);
      await events.close();
      await network.close();
    });
  });
}
