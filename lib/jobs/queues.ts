import type { PgBoss, Queue } from "pg-boss";
import { queues } from "@/lib/outbox";

type QueueName = (typeof queues)[number];

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** After how many days a mail that nobody takes is given up. */
export const daysOfMailTries = 14;

/**
 * How the queues behave. A job waits for a worker for up to sixty days: what is enqueued must not get lost because the worker was down.
 * A heartbeat tells a worker that is busy from one that was killed.
 */
const settings: Record<QueueName, Omit<Queue, "name">> = {
  notify: {
    retryLimit: 1000,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 15 * minute,
    expireInSeconds: 2 * minute,
    heartbeatSeconds: 30,
    notify: true,
  },
  // One job per mail at a time, by its singleton key: whoever enqueues it once more, changes nothing.
  deliver: {
    policy: "exclusive",
    retryLimit: 5000,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: hour,
    expireInSeconds: 5 * minute,
    heartbeatSeconds: 30,
    notify: true,
  },
  seal: {
    retryLimit: 1000,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 15 * minute,
    expireInSeconds: 6 * hour,
    heartbeatSeconds: 60,
    notify: true,
  },
  "hand-over": {
    retryLimit: 1000,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 15 * minute,
    expireInSeconds: hour,
    heartbeatSeconds: 60,
    notify: true,
  },
  recheck: {
    retryLimit: 100,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 15 * minute,
    expireInSeconds: hour,
    heartbeatSeconds: 60,
    notify: true,
  },
  roster: {
    retryLimit: 8,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 15 * minute,
    expireInSeconds: 2 * hour,
    heartbeatSeconds: 60,
    notify: true,
  },
  tick: { policy: "exclusive", retryLimit: 0, expireInSeconds: hour, heartbeatSeconds: 60, notify: true },
};

/** Makes the queues, or brings those that are there to these settings. Called with every migration, and when a worker starts. */
export async function makeQueues(boss: PgBoss): Promise<void> {
  for (const name of queues) {
    const { policy = "standard", ...rest } = { ...settings[name], retentionSeconds: 60 * day, deleteAfterSeconds: day };
    await boss.createQueue(name, { policy, ...rest });
    await boss.updateQueue(name, rest);
  }
}
