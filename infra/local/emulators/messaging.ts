import type { Server } from 'node:http';
import path from 'node:path';
import { buildApp } from 'fauxqs';
import type { Chaos } from './chaos.ts';
import { fauxqsParts } from './fauxqs-parts.ts';
import { portOf } from './http.ts';
import { ObjectFiles } from './object-files.ts';
import { guardObjects } from './object-guard.ts';
import { keepOnDisk } from './object-index.ts';
import { prepareQueueFile, QueueKeeper } from './queue-keeper.ts';

export interface MessagingSettings {
  readonly directory: string;
  readonly port: number;
  readonly region: string;
  readonly chaos: Chaos;
  /** Signed URLs die when their time has passed on the cloud's clock. */
  readonly checkExpiry: boolean;
}

export interface Messaging {
  readonly port: number;
  readonly keeper: QueueKeeper;
  stop(): Promise<void>;
}

/** SQS, SNS and S3 (fauxqs) on one loopback port; everything survives a kill. */
export async function startMessaging({ directory, port, region, chaos, checkExpiry }: MessagingSettings): Promise<Messaging> {
  const { SqsStore, SnsStore, S3Store, PersistenceManager } = await fauxqsParts();
  const sqsStore = new SqsStore();
  const snsStore = new SnsStore();
  const s3Store = new S3Store();
  const queueFile = new PersistenceManager(path.join(directory, 'queues'));
  const objectFiles = new ObjectFiles(path.join(directory, 'objects'));
  prepareQueueFile(queueFile);
  const keeper = new QueueKeeper(sqsStore, queueFile, chaos);
  queueFile.loadSqsAndSns(sqsStore, snsStore);
  keepOnDisk(s3Store, objectFiles);
  objectFiles.loadS3(s3Store);
  sqsStore.persistence = queueFile;
  snsStore.persistence = queueFile;
  s3Store.persistence = objectFiles;
  for (const queue of sqsStore.allQueues()) queue.persistence = queueFile;
  // Without a host of its own the store answers queue URLs with the host that was asked.
  sqsStore.host = undefined;
  const stores = { sqsStore, snsStore, s3Store } as unknown as NonNullable<Parameters<typeof buildApp>[0]>['stores'];
  const app = buildApp({ logger: false, defaultRegion: region, ...(stores ? { stores } : {}) });
  guardObjects(app, { chaos, checkExpiry });
  await app.listen({ port, host: '127.0.0.1' });
  return {
    port: portOf(app.server as Server),
    keeper,
    stop: async () => {
      await app.close();
      queueFile.close();
      objectFiles.close();
    },
  };
}
