import { openMemory } from '../../../src/store/memory/memory.js';
import { storyContract } from '../../contract/stories.js';

storyContract('memory', async () => openMemory());
