import type { Command } from 'commander';
import { type DataDirOptions, dataDirOf, withDataDir } from '../data-dir.ts';
import type { LibraryImage } from '../images/library.ts';
import { when } from '../output/describe.ts';
import { print } from '../output/print.ts';
import { bytesText, progressLine } from '../output/progress.ts';
import { renderTable } from '../output/table.ts';

export function addImageCommands(program: Command): void {
  const group = program.command('image').description("images in the controller's library, on its machine");
  withDataDir(
    group
      .command('add')
      .description('bring a raw or qcow2 image into the library and print what to deploy it with')
      .argument('<source>', 'file or http(s) URL')
      .option('--name <name>', 'default: that of the file')
      .option('--sha256 <hex>', 'what the source must have; give it for downloads'),
  ).action(add);
  withDataDir(group.command('list').description('images of the library')).action(list);
}

interface AddOptions extends DataDirOptions {
  name?: string;
  sha256?: string;
}

async function add(source: string, options: AddOptions, command: Command): Promise<void> {
  const { addImage, instanceInfo, libraryOf } = await import('../images/library.ts');
  const progress = progressLine();
  const image = await addImage({
    library: libraryOf(await dataDirOf(options)),
    source,
    name: options.name,
    sha256: options.sha256,
    onProgress: ({ phase, bytes, total }) =>
      progress.show(`${phase}: ${bytesText(bytes)}${total === null ? '' : ` of ${bytesText(total)}`}`),
  }).finally(() => progress.end());
  const info = instanceInfo(image);
  print(command, { ...image, instance_info: info }, () => {
    const flags = Object.entries(info).map(([key, value]) => `--instance-info ${shellWord(`${key}=${value}`)}`);
    return `Image ${image.name}: ${bytesText(image.size)}, sha256 ${image.sha256}
Deploy it with:
  switchyard node deploy NODE --wait \\
    ${flags.join(' \\\n    ')}`;
  });
}

async function list(options: DataDirOptions, command: Command): Promise<void> {
  const { instanceInfo, libraryOf, listImages } = await import('../images/library.ts');
  const images = await listImages(libraryOf(await dataDirOf(options)));
  const data = images.map((image) => ({ ...image, instance_info: instanceInfo(image) }));
  print(command, data, () => {
    if (images.length === 0) return 'No images. Add one with: switchyard image add FILE';
    return renderTable<LibraryImage>(
      [
        { title: 'Image', value: ({ name }) => name },
        { title: 'Size', value: ({ size }) => bytesText(size), align: 'right' },
        { title: 'SHA-256', value: ({ sha256 }) => sha256 },
        { title: 'From', value: ({ source }) => source, shrink: true },
        { title: 'Added', value: ({ added_at }) => when(added_at) },
      ],
      images,
    );
  });
}

/** Quoted for a POSIX shell where it needs to be. */
const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
