package storetest

import "syscall"

// parent is where the cluster's folder is made: in memory where there is plenty, as
// making and dropping a database means hundreds of files, and "" for the ordinary
// place of temporary files.
func parent(o options) string {
	const memory, plenty = "/dev/shm", 4 << 30
	var fs syscall.Statfs_t
	if o.fsync || syscall.Statfs(memory, &fs) != nil || fs.Bavail*uint64(max(fs.Bsize, 0)) < plenty {
		return ""
	}
	return memory
}
