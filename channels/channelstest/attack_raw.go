package channelstest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

// write sends bytes as they stand. A server that hangs up without a word has
// refused, too: there is nobody to answer to.
func (a Attack) write(address string) (status int, err error) {
	connection, err := net.DialTimeout("tcp", address, Patience)
	if err != nil {
		return 0, err
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(Patience))
	if _, err := connection.Write(a.Raw); err != nil {
		return 0, err
	}
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return 0, fmt.Errorf("neither answered nor hung up within %s", Patience)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return http.StatusBadRequest, nil
	case err != nil:
		return http.StatusBadRequest, nil // the connection was reset
	}
	defer response.Body.Close()
	return response.StatusCode, nil
}
