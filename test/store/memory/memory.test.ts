import { openMemory } from '../../../src/store/memory/memory.js';
import { storeContract } from '../../contract/store.js';

storeContract('memory', async () => openMemory());
